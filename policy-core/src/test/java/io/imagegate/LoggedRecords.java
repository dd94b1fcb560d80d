package io.imagegate;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps what a class logs while a test runs. */
public final class LoggedRecords extends Handler implements BeforeEachCallback, AfterEachCallback {

    private final Logger log;
    private final Predicate<LogRecord> kept;
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    /**
     * Creates an extension.
     *
     * @param of the class
     * @param kept tells which records are kept: other tests log at the same time
     */
    public LoggedRecords(Class<?> of, Predicate<LogRecord> kept) {
        this.log = Logger.getLogger(of.getName());
        this.kept = kept;
    }

    /** {@return the records so far} */
    public List<LogRecord> records() {
        return records;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        log.addHandler(this);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        log.removeHandler(this);
    }

    @Override
    public void publish(LogRecord message) {
        if (kept.test(message)) {
            records.add(message);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
