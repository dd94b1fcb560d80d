package io.imagegate.signature.fact;

import io.imagegate.reference.Digest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What makes a statement unreadable. */
enum StatementLimit {
    LONG_NAME,
    MANY_NAMES,
    MANY_SUBJECTS,
    LARGE_SUBJECTS,
    NAME_TWICE,
    SUBJECT_TWICE,
    DEPTH,
    SIZE,
    LONG_TEXT,
    OTHER_VERSION,
    MORE_TEXT,
    NO_JSON;

    /** Digest of another image. */
    static final Digest OTHER = Digest.parse("sha256:" + "0".repeat(64));

    /** When the statement was made. */
    static final String DATE = "2026-11-25T06:00:00Z";

    private static final String SUBJECT = "\"subject\":[";
    private static final String PREDICATE = "\"predicate\":{";

    /** {@return the statement, signed as it is, with too much of something} */
    String applied(String statement) {
        return switch (this) {
            case LONG_NAME -> labels(statement, "\"" + "n".repeat(1_001) + "\":1");
            case MANY_NAMES ->
                labels(
                        statement,
                        IntStream.range(0, 30_000)
                                .mapToObj(i -> "\"label-" + i + "\":1")
                                .collect(Collectors.joining(",")));
            case MANY_SUBJECTS -> subjects(statement, 1_000, "{}");
            case LARGE_SUBJECTS -> subjects(statement, 2, "{\"team\":\"" + "a".repeat(600_000) + "\"}");
            case NAME_TWICE -> labels(statement, "\"a\":1,\"a\":2");
            case SUBJECT_TWICE ->
                statement.replace(
                        PREDICATE, SUBJECT + "{\"digest\":{\"sha256\":\"" + OTHER.hex() + "\"}}]," + PREDICATE);
            case DEPTH -> labels(statement, "\"a\":" + "[".repeat(64) + "]".repeat(64));
            case SIZE -> labels(statement, "\"a\":\"" + "a".repeat(3 << 20) + "\"");
            case LONG_TEXT -> statement.replace(DATE, "2".repeat(70_000));
            case OTHER_VERSION -> statement.replace("Statement/v1", "Statement/v2");
            case MORE_TEXT -> statement + "{}";
            case NO_JSON -> statement.substring(0, statement.length() - 1);
        };
    }

    private static String labels(String statement, String labels) {
        return statement.replace(PREDICATE, PREDICATE + "\"labels\":{" + labels + "},");
    }

    private static String subjects(String statement, int count, String annotations) {
        String subject = "{\"digest\":{\"sha256\":\"" + OTHER.hex() + "\"},\"annotations\":" + annotations + "},";
        return statement.replace(SUBJECT, SUBJECT + subject.repeat(count));
    }

    /** {@return whether its subjects and its type can be read nevertheless} */
    boolean leavesSubjects() {
        return switch (this) {
            case MANY_SUBJECTS, LARGE_SUBJECTS, SUBJECT_TWICE, SIZE, NO_JSON -> false;
            default -> true;
        };
    }
}
