"""The life of a model: checked, drafted, signed, published, compared."""
