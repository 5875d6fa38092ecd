"""From trained weights to a model file that the app takes: merge, convert, quantise, prove equal, package."""
