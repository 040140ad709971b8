"""Scripts that derive the product's data files from public material. Not needed to run the product."""
