package io.imagegate.text;

import java.util.function.Consumer;

/**
 * Foreign code, such as a listener: what it throws is logged once a minute, and goes no further. As thread-safe as the code.
 *
 * @param <T> the type of the code
 */
public final class ForeignCode<T> {

    private final T code;
    private final FailureLog log;

    /**
     * Guards code.
     *
     * @param code the code
     * @param log where its failures go
     */
    public ForeignCode(T code, System.Logger log) {
        this.code = code;
        this.log = new FailureLog(log);
    }

    /**
     * Calls the code.
     *
     * @param call the call
     * @param failed what to log if it throws: what failed, and what follows
     */
    public void call(Consumer<? super T> call, String failed) {
        try {
            call.accept(code);
        } catch (Throwable thrown) {
            log.log(failed, thrown);
        }
    }
}
