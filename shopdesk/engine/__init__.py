"""The language model: a worker process that holds it, and the client, shelf and stand-ins around it."""
