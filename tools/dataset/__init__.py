"""Data to train and examine a model with, made from a shop, from files, or from shops that never were."""
