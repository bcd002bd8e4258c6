"""The model to look at: its six components, its drawing, and what is seen that it does not say."""
