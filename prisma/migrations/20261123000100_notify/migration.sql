-- Tells the control plane's replicas what changed, at commit and only then, whichever verb did it.
-- The payload is `kind id` (see services/control-plane/src/realtime/change-bus.ts). Postgres itself
-- drops equal payloads of one transaction.

CREATE FUNCTION weir_notify_app() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('weir_change', 'app ' || COALESCE(NEW.id, OLD.id));
  RETURN NULL;
END $$;

CREATE FUNCTION weir_notify_deployment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('weir_change', 'deployment ' || NEW.id);
  PERFORM pg_notify('weir_change', 'app ' || NEW.app_id);
  RETURN NULL;
END $$;

CREATE FUNCTION weir_notify_instance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('weir_change', 'app ' || NEW.app_id);
  RETURN NULL;
END $$;

CREATE FUNCTION weir_notify_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('weir_change', 'log ' || NEW.subject);
  RETURN NULL;
END $$;

CREATE FUNCTION weir_notify_cursor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('weir_change', NEW.feed || ' ');
  RETURN NULL;
END $$;

CREATE FUNCTION weir_notify_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('weir_change', 'outbox ');
  RETURN NULL;
END $$;

CREATE TRIGGER weir_notify AFTER INSERT OR UPDATE OR DELETE ON app FOR EACH ROW EXECUTE FUNCTION weir_notify_app();
CREATE TRIGGER weir_notify_new AFTER INSERT ON deployment FOR EACH ROW EXECUTE FUNCTION weir_notify_deployment();
-- Renewing a lease every few seconds is nobody's news.
CREATE TRIGGER weir_notify AFTER UPDATE ON deployment FOR EACH ROW
  WHEN ((OLD.status, OLD.phase, OLD.phases, OLD.warnings, OLD.commit, OLD.plan, OLD.failure) IS DISTINCT FROM (NEW.status, NEW.phase, NEW.phases, NEW.warnings, NEW.commit, NEW.plan, NEW.failure))
  EXECUTE FUNCTION weir_notify_deployment();
CREATE TRIGGER weir_notify_new AFTER INSERT ON instance FOR EACH ROW EXECUTE FUNCTION weir_notify_instance();
-- Nor is a count of sockets.
CREATE TRIGGER weir_notify AFTER UPDATE ON instance FOR EACH ROW
  WHEN ((OLD.status, OLD.desired, OLD.reason, OLD.attempt) IS DISTINCT FROM (NEW.status, NEW.desired, NEW.reason, NEW.attempt))
  EXECUTE FUNCTION weir_notify_instance();
CREATE TRIGGER weir_notify AFTER INSERT OR UPDATE ON log_head FOR EACH ROW EXECUTE FUNCTION weir_notify_log();
CREATE TRIGGER weir_notify AFTER INSERT OR UPDATE ON cursor FOR EACH ROW EXECUTE FUNCTION weir_notify_cursor();
CREATE TRIGGER weir_notify AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION weir_notify_outbox();
