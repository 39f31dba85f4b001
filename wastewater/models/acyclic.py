"""The trigger that refuses a circle: water cannot flow back to where it came from."""

import pgtrigger


class NeverInCircle(pgtrigger.Trigger):
    """Refuses an edge `start` → `end` of its own table that would close a circle, whatever path writes it.

    A lock per table lets one writer check after the other, so that two transactions cannot each bring half a circle.
    """

    level = pgtrigger.Row
    when = pgtrigger.After

    def __init__(self, *, start: str, end: str, **options) -> None:
        self.start, self.end = start, end
        super().__init__(**options)

    def get_func(self, model) -> str:
        table = model._meta.db_table
        return f"""
            PERFORM pg_advisory_xact_lock(hashtext('{table}'));
            IF EXISTS (
                WITH RECURSIVE below (id) AS (
                    SELECT NEW.{self.end}
                    UNION
                    SELECT edge.{self.end} FROM {table} edge JOIN below ON edge.{self.start} = below.id
                )
                SELECT 1 FROM below WHERE id = NEW.{self.start}
            ) THEN
                RAISE EXCEPTION 'water cannot flow in a circle' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """  # noqa: S608 - names of our own tables and columns
