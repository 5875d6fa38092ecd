"""From a shop to a model file that passed its exam: the steps in order, gone on with where they stopped."""
