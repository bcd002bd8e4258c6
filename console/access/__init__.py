"""Who is this, and what may they do: identity from the kernel, roles from the provider's model."""
