"""What turns the project into something that a shop can install."""
