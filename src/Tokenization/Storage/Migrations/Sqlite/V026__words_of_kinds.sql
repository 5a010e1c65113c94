-- Words are noted with the kinds of their requests too: what was noted without them is noted again, in the background.
DELETE FROM request_log_segments;
