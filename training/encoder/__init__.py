"""How an encoder of our own is made: material, base, teacher's vectors, training, export, measures.

    python -m training.encoder all --recipe cpu --data FOLDER --sets FOLDER --work FOLDER

`recipes.toml` holds every number; each step leaves its result in the work folder and is skipped when it is
there. Not needed to run the product; wants `requirements-training.txt`.
"""
