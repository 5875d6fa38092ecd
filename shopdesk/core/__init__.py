"""From a question to a sourced answer; standard library only."""
