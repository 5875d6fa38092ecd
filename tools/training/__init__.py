"""The training of models: presets, data, loss, optimizers, the loop, and what it leaves behind."""
