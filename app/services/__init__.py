"""Use cases: verbs. Session, actor, then keywords; they flush and never commit."""
