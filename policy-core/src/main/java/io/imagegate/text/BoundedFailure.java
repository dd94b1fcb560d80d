package io.imagegate.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Copy of a failure for logs, whose text, stack and causes are within limits: foreign code may have recursed without end, or put
 * the body of an answer into its message.
 */
final class BoundedFailure extends Throwable {

    private static final long serialVersionUID = 1L;

    static final int MOST_FRAMES = 200;
    static final int MOST_CAUSES = 8;
    static final int LONGEST_TEXT = 1_000;

    private final String text;

    private BoundedFailure(String text, StackTraceElement[] frames, @Nullable Throwable cause) {
        super(text, cause, false, true);
        this.text = text;
        setStackTrace(frames);
    }

    /** {@return the failure itself if it is within the limits, so that log systems see its class, or else a copy} */
    static Throwable of(Throwable failure) {
        try {
            return isBounded(failure) ? failure : copy(failure, MOST_CAUSES);
        } catch (Throwable unreadable) {
            return new BoundedFailure(failure.getClass().getName(), new StackTraceElement[0], null);
        }
    }

    private static boolean isBounded(Throwable failure) {
        Throwable each = failure;
        for (int depth = 0; each != null; depth++) {
            if (depth > MOST_CAUSES
                    || each.toString().length() > LONGEST_TEXT
                    || each.getStackTrace().length > MOST_FRAMES
                    || each.getSuppressed().length > 0) {
                return false;
            }
            each = each.getCause();
        }
        return true;
    }

    private static Throwable copy(Throwable failure, int causes) {
        StackTraceElement[] frames = failure.getStackTrace();
        Throwable cause = failure.getCause();
        return new BoundedFailure(
                SafeText.cut(failure.toString(), LONGEST_TEXT),
                Arrays.copyOf(frames, Math.min(frames.length, MOST_FRAMES)),
                cause == null || causes == 0 ? null : copy(cause, causes - 1));
    }

    /** {@return the class and the message of the failure} */
    @SuppressWarnings("OverrideThrowableToString") // A log shows the class of the failure, not this one.
    @Override
    public String toString() {
        return text;
    }
}
