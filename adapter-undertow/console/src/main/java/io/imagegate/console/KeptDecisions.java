package io.imagegate.console;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The last decisions of this process, as bytes: a row of the table each, and what opens when the row is chosen. When all
 * together get too long, the oldest lose what opens: {@linkplain RowJson#LONGEST rows} alone never are. Thread-safe.
 */
final class KeptDecisions {

    static final int MOST = 1_000;
    static final int MOST_BYTES = 8 << 20;

    /** About what the JVM needs for a decision besides its bytes. */
    private static final int OVERHEAD = 128;

    /** Decimal digits of every positive {@code long} but the longest. */
    private static final int MOST_DIGITS = 18;

    private final String process =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

    private final @Nullable Kept[] ring = new @Nullable Kept[MOST];

    private long first = 1;
    private long last;
    /** No decision before this one has what opens. */
    private long firstWhole = 1;

    private long bytes;

    /** Why nothing opens. */
    enum Omitted {
        /** The review failed, so that there was no decision. */
        FAILED("failed"),
        /** It is too long. */
        TOO_LONG("size"),
        /** It had to go before its row. */
        OLD("memory");

        private final String label;

        Omitted(String label) {
            this.label = label;
        }
    }

    /**
     * One decision.
     *
     * @param number its number, which the row does not have
     * @param row the properties of its row, without braces
     * @param decision what opens, an object; null if it is not kept
     * @param omitted why not, in this case
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Kept(long number, byte[] row, byte @Nullable [] decision, Omitted omitted) {

        int size() {
            return OVERHEAD + row.length + (decision == null ? 0 : decision.length);
        }

        Kept withoutDecision() {
            return new Kept(number, row, null, decision == null ? omitted : Omitted.OLD);
        }
    }

    /**
     * What somebody has not seen.
     *
     * @param missed how many were dropped before the first of these
     * @param decisions the decisions, in order
     */
    record Unseen(long missed, List<Kept> decisions) {}

    /**
     * Adds a decision.
     *
     * @param row the properties of its row
     * @param decision what opens; null if there is nothing
     * @param omitted why not, in this case
     */
    synchronized void add(byte[] row, byte @Nullable [] decision, Omitted omitted) {
        last++;
        if (last - first >= MOST) {
            dropFirst();
        }
        put(new Kept(last, row, decision, omitted));
        while (bytes > MOST_BYTES && firstWhole <= last) {
            Kept whole = get(firstWhole++);
            bytes -= whole.size();
            put(whole.withoutDecision());
        }
    }

    private void put(Kept kept) {
        ring[slot(kept.number)] = kept;
        bytes += kept.size();
    }

    private void dropFirst() {
        bytes -= get(first).size();
        ring[slot(first)] = null;
        first++;
        firstWhole = Math.max(firstWhole, first);
    }

    private Kept get(long number) {
        Kept kept = ring[slot(number)];
        if (kept == null) {
            throw new IllegalStateException("decision " + number + " is not kept");
        }
        return kept;
    }

    private static int slot(long number) {
        return (int) (number % MOST);
    }

    /** {@return the bytes of all decisions} */
    synchronized long size() {
        return bytes;
    }

    /**
     * {@return the decisions after one, as many as are not too long together, and one at least if there is any}
     *
     * @param seen the number of the last that was seen; 0 for all that are kept
     * @param mostBytes the most bytes of their rows
     */
    synchronized Unseen after(long seen, int mostBytes) {
        long from = Math.max(first, seen + 1);
        List<Kept> unseen = new ArrayList<>();
        int length = 0;
        for (long number = from; number <= last && length < mostBytes; number++) {
            Kept kept = get(number);
            unseen.add(kept);
            length += kept.row.length;
        }
        return new Unseen(seen == 0 ? 0 : from - seen - 1, unseen);
    }

    /** {@return the decision with an id, if it is kept} */
    synchronized Optional<Kept> find(String id) {
        long number = number(id);
        return number >= first && number <= last ? Optional.of(get(number)) : Optional.empty();
    }

    /** {@return the number of the decision with an id, also if it is no longer kept; 0 if no decision of this process has it} */
    synchronized long number(@Nullable String id) {
        String start = process + "-";
        if (id == null || !id.startsWith(start)) {
            return 0;
        }
        String digits = id.substring(start.length());
        boolean number = digits.length() <= MOST_DIGITS && digits.matches("[1-9][0-9]*");
        return number && Long.parseLong(digits) <= last ? Long.parseLong(digits) : 0;
    }

    String id(long number) {
        return process + "-" + number;
    }

    /** {@return the row with its id, an object} */
    byte[] row(Kept kept) {
        ByteArrayOutputStream row = new ByteArrayOutputStream(kept.row.length + 64);
        row.writeBytes(("{\"id\":\"" + id(kept.number) + "\",").getBytes(US_ASCII));
        row.writeBytes(kept.row);
        row.write('}');
        return row.toByteArray();
    }

    /** {@return an object with the row, and with what opens or why there is nothing} */
    byte[] opened(Kept kept) {
        ByteArrayOutputStream opened = new ByteArrayOutputStream(kept.size() + 64);
        opened.writeBytes("{\"row\":".getBytes(US_ASCII));
        opened.writeBytes(row(kept));
        if (kept.decision != null) {
            opened.writeBytes(",\"decision\":".getBytes(US_ASCII));
            opened.writeBytes(kept.decision);
        } else {
            opened.writeBytes((",\"omitted\":\"" + kept.omitted.label + "\"").getBytes(US_ASCII));
        }
        opened.write('}');
        return opened.toByteArray();
    }
}
