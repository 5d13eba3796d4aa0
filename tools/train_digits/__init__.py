"""Train the recognizer of handwritten digits; see the README beside this file."""
