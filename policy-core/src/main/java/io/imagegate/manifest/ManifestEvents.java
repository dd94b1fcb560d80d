package io.imagegate.manifest;

import io.imagegate.manifest.LimitedText.CharacterException;
import io.imagegate.text.YamlMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.YamlUnicodeReader;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Events of a YAML stream in which every alias is replaced by the events of its value. Keeps only values with an
 * anchor, up to a limit, until the end of their document. Not thread-safe.
 */
final class ManifestEvents {

    /**
     * Largest number of events of one document that are kept for aliases, and that aliases expand to; long texts count
     * as several.
     */
    static final int LIMIT = 100_000;

    private static final int LONG_TEXT = 100;

    /** The time for a long text is quadratic in the number of these. */
    private static final int BUFFER = 1 << 16;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .setBufferSize(BUFFER)
            .build();

    private final String file;
    private final LimitedText text;
    private final StreamReader reader;
    private final ParserImpl parser;
    private final Map<Anchor, List<Event>> anchored = new HashMap<>();
    private final Deque<Recording> recordings = new ArrayDeque<>();
    private Iterator<Event> replay = List.<Event>of().iterator();
    private @Nullable Event ahead;
    private int kept;
    private int replayed;

    /** The events of a node with an anchor so far. */
    private static final class Recording {
        final Anchor anchor;
        final List<Event> events = new ArrayList<>();
        int depth;

        Recording(Anchor anchor) {
            this.anchor = anchor;
        }
    }

    ManifestEvents(String file, InputStream content) {
        this.file = file;
        this.text = new LimitedText(new YamlUnicodeReader(content));
        this.reader = new StreamReader(SETTINGS, text);
        this.parser = new ParserImpl(SETTINGS, reader);
    }

    /** Returns the next event without consuming it. */
    Event peek() throws ManifestException {
        Event event = ahead;
        if (event == null) {
            event = read();
            ahead = event;
        }
        return event;
    }

    Event next() throws ManifestException {
        Event event = peek();
        ahead = null;
        return event;
    }

    private Event read() throws ManifestException {
        if (replay.hasNext()) {
            return record(replay.next());
        }
        Event event = parse();
        if (event instanceof DocumentStartEvent) {
            anchored.clear();
            kept = 0;
            replayed = 0;
        } else if (event instanceof AliasEvent alias) {
            replay = expand(alias).iterator();
            return record(replay.next());
        } else if (event instanceof NodeEvent node) {
            node.getAnchor().ifPresent(anchor -> {
                anchored.remove(anchor);
                recordings.push(new Recording(anchor));
            });
        }
        return record(event);
    }

    private Event parse() throws ManifestException {
        text.begin();
        try {
            return parser.next();
        } catch (MarkedYamlEngineException e) {
            throw at(e.getProblemMark().or(e::getContextMark), "not YAML: " + YamlMessage.oneLine(e.getProblem()));
        } catch (CharacterException e) {
            throw new ManifestException(file, e.line, e.column, "not YAML: " + e.getMessage());
        } catch (ReaderException e) {
            throw new ManifestException(file, 1, 1, "not YAML: " + YamlMessage.oneLine(e.getMessage()));
        } catch (NumberFormatException e) {
            throw at(reader.getMark(), "not YAML: " + YamlMessage.NO_DIGITS);
        } catch (YamlVersionException e) {
            throw at(reader.getMark(), "not YAML: expected the version of YAML 1.2");
        } catch (YamlEngineException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw new ManifestException(file, 1, 1, "not YAML: expected text in UTF-8");
            }
            if (e.getCause() instanceof IOException io) {
                throw new UncheckedIOException(io);
            }
            throw new ManifestException(file, 1, 1, "not YAML: " + YamlMessage.oneLine(e.getMessage()));
        }
    }

    private List<Event> expand(AliasEvent alias) throws ManifestException {
        List<Event> events = anchored.get(alias.getAlias());
        if (events == null) {
            throw at(
                    alias.getStartMark(),
                    YamlMessage.oneLine("the alias *" + alias.getAlias() + " has no value that ends before it"));
        }
        replayed += events.size();
        if (replayed > LIMIT) {
            throw at(alias.getStartMark(), "aliases expand to more than " + LIMIT + " values");
        }
        return events;
    }

    /** Adds an event to every node with an anchor that contains it. */
    private Event record(Event event) throws ManifestException {
        int change = event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
        for (Recording recording : recordings) {
            recording.events.add(event);
            recording.depth += change;
            kept += weight(event);
            if (kept > LIMIT) {
                throw at(event.getStartMark(), "values with an anchor have more than " + LIMIT + " values in them");
            }
        }
        while (!recordings.isEmpty() && recordings.element().depth == 0) {
            Recording ended = recordings.pop();
            anchored.put(ended.anchor, ended.events);
        }
        return event;
    }

    private static int weight(Event event) {
        return event instanceof ScalarEvent scalar ? 1 + scalar.getValue().length() / LONG_TEXT : 1;
    }

    private ManifestException at(Optional<Mark> mark, String problem) {
        int line = mark.map(Mark::getLine).orElse(0) + 1;
        int column = mark.map(Mark::getColumn).orElse(0) + 1;
        return new ManifestException(file, line, column, problem);
    }
}
