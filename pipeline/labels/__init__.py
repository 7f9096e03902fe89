"""Labels: who said which article is in which category; in and out as tables, statistics and audits."""
