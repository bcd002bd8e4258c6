"""The worked examples of operating-model.md, 3.4, that stand on small data of their own: computed by the product."""
