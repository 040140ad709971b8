"""The few numbers by which the product can be turned, so that an evaluation can ask what each is worth.

Not settings: an office has no reason to change them. Does not know where they are used.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tuning:
    """Shares lie in 0..1; 1 ranks by words alone, 0 by vectors alone.

    `lexical_weight` is the share of the words in the mix, `lexical_weight_folded` that of a question taken as
    typed without diacritics. `strictness` multiplies the probability from which a question is answered rather
    than refused.
    """

    # nDCG@10 on XQuAD-vi: .983 from .3 to .5; without diacritics, where vectors collapse (.364 alone), .839
    # at .5 and .965 at .8 (docs/decisions/0006-mixing-weights.md).
    lexical_weight: float = 0.5
    lexical_weight_folded: float = 0.85
    strictness: float = 1.0

    def mixed(self, by_words: float, by_vector: float, folded: bool) -> float:
        """One score, 0..1, of two; `folded`: of a question taken as typed without diacritics."""
        weight = self.lexical_weight_folded if folded else self.lexical_weight
        return weight * by_words + (1 - weight) * by_vector


AS_SHIPPED = Tuning()
