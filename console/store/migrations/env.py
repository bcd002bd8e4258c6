"""How Alembic reaches the database: through the one connection that `database.opened` already holds."""

from alembic import context

from console.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
