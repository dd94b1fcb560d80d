package io.imagegate.yaml;

import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.SyntaxProblems;
import io.imagegate.yaml.YamlText.CharacterException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
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
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Events of a YAML stream in which every alias is replaced by the events of its value. Keeps only values with an
 * anchor, up to a limit, until the end of their document. Not thread-safe.
 */
final class YamlEvents<X extends Exception> extends Events<X> {

    private static final int LONG_TEXT = 100;

    /** A text of so many characters is short. */
    static final int SHORT = 1 << 12;

    /** The time for a long text is quadratic in the number of these. */
    private static final int LONG_BUFFER = 1 << 16;

    private static final LoadSettings SHORT_TEXT = settings(SHORT);
    private static final LoadSettings ANY_TEXT = settings(LONG_BUFFER);

    private final YamlText text;
    private final StreamReader reader;
    private final ParserImpl parser;
    private final SyntaxLimits limits;
    private final SyntaxProblems<X> problems;

    /** The events of values with an anchor in this document. */
    private final List<Event> kept = new ArrayList<>();

    private final Map<Anchor, Kept> anchored = new HashMap<>();
    private final Deque<Recording> recordings = new ArrayDeque<>();
    private int depth;
    private long values;
    private int keptValues;
    private int weight;
    private int expanded;
    /** The part of the kept events that is to come next. */
    private int replayFrom;

    private int replayTo;

    /** A value with an anchor that has not ended. */
    private record Recording(Anchor anchor, int depth, int from, int valuesBefore) {}

    /** The events of a value with an anchor, and the number of values in it. */
    private record Kept(int from, int to, int values) {}

    YamlEvents(Reader content, boolean isShort, YamlDialect dialect, SyntaxLimits limits, SyntaxProblems<X> problems) {
        LoadSettings settings = isShort ? SHORT_TEXT : ANY_TEXT;
        this.text = new YamlText(content, dialect);
        this.reader = new StreamReader(settings, text);
        this.parser = new ParserImpl(settings, reader);
        this.limits = limits;
        this.problems = problems;
    }

    private static LoadSettings settings(int buffer) {
        return LoadSettings.builder()
                .setCodePointLimit(Integer.MAX_VALUE)
                .setBufferSize(buffer)
                .build();
    }

    @Override
    Event read() throws X {
        if (replayFrom < replayTo) {
            return record(kept.get(replayFrom++));
        }
        Event event = parse();
        if (event instanceof DocumentStartEvent) {
            kept.clear();
            anchored.clear();
            values = 0;
            keptValues = 0;
            weight = 0;
            expanded = 0;
        } else if (event instanceof AliasEvent alias) {
            Kept value = expand(alias);
            replayFrom = value.from;
            replayTo = value.to;
            return record(kept.get(replayFrom++));
        } else if (event instanceof NodeEvent node) {
            count(1, event);
            Anchor anchor = node.getAnchor().orElse(null);
            if (anchor != null && limits.aliases() > 0) {
                anchored.remove(anchor);
                recordings.push(new Recording(anchor, depth, kept.size(), keptValues));
            }
        }
        return record(event);
    }

    private Event parse() throws X {
        text.begin();
        try {
            return parser.next();
        } catch (MarkedYamlEngineException e) {
            String context = e.getContext() == null ? "" : YamlMessage.oneLine(e.getContext());
            throw notYaml(e.getProblemMark().or(e::getContextMark), context, YamlMessage.oneLine(e.getProblem()));
        } catch (CharacterException e) {
            throw problems.notYaml(e.line, e.column, "", String.valueOf(e.getMessage()));
        } catch (NumberFormatException e) {
            throw notYaml(reader.getMark(), "", YamlMessage.NO_DIGITS);
        } catch (YamlVersionException e) {
            throw notYaml(reader.getMark(), "", "expected the version of YAML 1.2");
        } catch (YamlEngineException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw problems.notYaml(1, 1, "", "expected text in UTF-8");
            }
            if (e.getCause() instanceof IOException io) {
                throw new UncheckedIOException(io);
            }
            throw problems.notYaml(1, 1, "", YamlMessage.oneLine(e.getMessage()));
        }
    }

    private Kept expand(AliasEvent alias) throws X {
        if (limits.aliases() == 0) {
            throw at(alias, "an alias, expected the value itself");
        }
        Kept value = anchored.get(alias.getAlias());
        if (value == null) {
            boolean inside = recordings.stream().anyMatch(open -> open.anchor.equals(alias.getAlias()));
            throw at(
                    alias,
                    YamlMessage.oneLine("the alias *" + alias.getAlias()
                            + (inside ? " is inside its own value" : " has no value that ends before it")));
        }
        count(value.values, alias);
        expanded += value.to - value.from;
        if (expanded > limits.aliases()) {
            throw at(alias, "aliases expand to more than " + limits.aliases() + " values");
        }
        return value;
    }

    private void count(int more, Event at) throws X {
        values += more;
        if (values > limits.parts()) {
            throw at(at, "the document, with aliases expanded, has more than " + limits.parts() + " values");
        }
    }

    /** Keeps an event that is in a value with an anchor. */
    private Event record(Event event) throws X {
        depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
        if (recordings.isEmpty()) {
            return event;
        }
        kept.add(event);
        keptValues += event instanceof NodeEvent ? 1 : 0;
        weight += event instanceof ScalarEvent scalar ? 1 + scalar.getValue().length() / LONG_TEXT : 1;
        if (weight > limits.aliases()) {
            throw at(event, "values with an anchor have more than " + limits.aliases() + " values in them");
        }
        while (!recordings.isEmpty() && recordings.element().depth == depth) {
            Recording ended = recordings.pop();
            anchored.put(ended.anchor, new Kept(ended.from, kept.size(), keptValues - ended.valuesBefore));
        }
        return event;
    }

    private X at(Event event, String problem) {
        Mark mark = event.getStartMark().orElse(null);
        return mark == null
                ? problems.at(1, 1, problem)
                : problems.at(mark.getLine() + 1, mark.getColumn() + 1, problem);
    }

    private X notYaml(Optional<Mark> mark, String context, String problem) {
        return problems.notYaml(
                mark.map(Mark::getLine).orElse(0) + 1, mark.map(Mark::getColumn).orElse(0) + 1, context, problem);
    }
}
