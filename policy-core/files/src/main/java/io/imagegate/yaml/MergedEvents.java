package io.imagegate.yaml;

import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.SyntaxProblems;
import io.imagegate.text.SafeText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Events in which merge keys ({@code <<}) are followed: at the end of a mapping come the fields that it has from others, but those that
 * it has itself. Refuses what readers of manifests understand differently. Keeps only what is merged, up to a limit. Not thread-safe.
 */
final class MergedEvents<X extends Exception> extends Events<X> {

    private static final int SHOWN = 60;
    private static final String TWICE = "<< comes twice, expected it once";
    private static final Set<String> KNOWN = Set.of("!", Tag.MAP.getValue(), Tag.SEQ.getValue());
    /** Most characters of names that are kept of an object, in which << may still come. */
    private static final int MOST_CHARACTERS = 1 << 20;

    private final Events<X> written;
    private final SyntaxLimits limits;
    private final SyntaxProblems<X> problems;
    private final Deque<Open> open = new ArrayDeque<>();
    /** What comes before the next event that is written. */
    private final Deque<Event> made = new ArrayDeque<>();

    private int kept;
    /** How many merge keys in values of merge keys are open. */
    private int nested;

    /** A mapping or a sequence that has not ended. */
    private static final class Open {
        final boolean isMapping;
        final Set<String> names = new HashSet<>();
        int characters;
        boolean isAtName = true;

        @Nullable
        Map<String, List<Event>> merged;

        Open(boolean isMapping) {
            this.isMapping = isMapping;
        }
    }

    MergedEvents(Events<X> written, SyntaxLimits limits, SyntaxProblems<X> problems) {
        this.written = written;
        this.limits = limits;
        this.problems = problems;
    }

    @Override
    Event read() throws X {
        Event event = source();
        Open in = open.peek();
        while (in != null && in.isMapping && in.isAtName && isMerge(event)) {
            merge(in, event);
            event = source();
        }
        if (event instanceof MappingEndEvent && in != null && in.merged != null) {
            made.addFirst(event);
            List<Event> added = new ArrayList<>();
            in.merged.forEach((name, field) -> added.addAll(in.names.contains(name) ? List.of() : field));
            in.merged = null;
            for (int i = added.size() - 1; i >= 0; i--) {
                made.addFirst(added.get(i));
            }
            event = made.remove();
        }
        track(event, in);
        return event;
    }

    /** {@return what comes next, in which merge keys are not followed} */
    private Event source() throws X {
        return made.isEmpty() ? written.next() : made.remove();
    }

    /** Follows where the next event stands, and which names a mapping has. */
    private void track(Event event, @Nullable Open in) {
        if (event instanceof CollectionEndEvent) {
            open.pop();
            toggle();
        } else if (event instanceof CollectionStartEvent) {
            open.push(new Open(event instanceof MappingStartEvent));
        } else if (event instanceof ScalarEvent scalar) {
            if (in != null && in.isMapping && in.isAtName && in.characters <= MOST_CHARACTERS) {
                in.names.add(scalar.getValue());
                in.characters += 1 + scalar.getValue().length();
            }
            toggle();
        }
    }

    private void toggle() {
        Open in = open.peek();
        if (in == null) {
            kept = 0;
        } else {
            in.isAtName = !in.isAtName;
        }
    }

    /** {@return whether it is the name of a merge key} */
    private static boolean isMerge(Event event) {
        return event instanceof ScalarEvent name
                && (hasMergeTag(name)
                        || (name.getTag().isEmpty()
                                && name.isPlain()
                                && name.getValue().equals(MergeKeys.MERGE)));
    }

    private static boolean hasMergeTag(ScalarEvent name) {
        return name.getTag().orElse("").equals(Tag.MERGE.getValue());
    }

    private void merge(Open into, Event name) throws X {
        requireName(name);
        if (into.merged != null || into.characters > MOST_CHARACTERS) {
            throw at(name, into.merged == null ? "expected << as the first field" : TWICE);
        }
        into.merged = merged(name, into.names);
    }

    /** {@return the fields that a merge key adds to an object with others before it} */
    private Map<String, List<Event>> merged(Event name, Set<String> before) throws X {
        nested++;
        if (nested > limits.nesting()) {
            throw at(name, "<< nested too deeply: expected " + limits.nesting() + " levels at most");
        }
        Map<String, List<Event>> merged = new LinkedHashMap<>();
        Event start = source();
        requireTag(start);
        if (start instanceof SequenceStartEvent) {
            for (Event event = source(); !(event instanceof SequenceEndEvent); event = source()) {
                fields(event).forEach(merged::putIfAbsent);
            }
        } else {
            merged.putAll(fields(start));
        }
        requireOthers(name, merged, before);
        nested--;
        return merged;
    }

    private void requireTag(Event start) throws X {
        String tag = start instanceof CollectionStartEvent collection
                ? collection.getTag().orElse("!")
                : "!";
        if (!KNOWN.contains(tag)) {
            throw at(start, "a tag at what << adds: expected none");
        }
    }

    private void requireName(Event name) throws X {
        if (!((ScalarEvent) name).getValue().equals(MergeKeys.MERGE)) {
            throw at(name, "the tag !!merge at another name: expected << without a tag");
        }
    }

    /** Readers differ in which value counts: the written one, or the later one. */
    private void requireOthers(Event name, Map<String, List<Event>> merged, Set<String> before) throws X {
        for (String field : merged.keySet()) {
            if (before.contains(field)) {
                throw at(
                        name,
                        "<< would give the field " + SafeText.quote(field, SHOWN)
                                + " before it another value: expected << as the first field");
            }
        }
    }

    /** {@return the fields of an object, and those that it has from others} */
    private Map<String, List<Event>> fields(Event start) throws X {
        requireTag(start);
        if (!(start instanceof MappingStartEvent)) {
            throw at(start, "expected a mapping, or an alias of one, for the fields that << adds");
        }
        Map<String, List<Event>> fields = new LinkedHashMap<>();
        Map<String, List<Event>> merged = null;
        for (Event name = source(); !(name instanceof MappingEndEvent); name = source()) {
            if (isMerge(name)) {
                requireName(name);
                if (merged != null) {
                    throw at(name, TWICE);
                }
                merged = merged(name, fields.keySet());
            } else {
                List<Event> field = new ArrayList<>();
                keep(name, field);
                if (!(name instanceof ScalarEvent scalar) || fields.putIfAbsent(scalar.getValue(), field) != null) {
                    throw at(name, "expected the name of a field, once, in what << adds");
                }
                keep(source(), field);
            }
        }
        if (merged != null) {
            merged.forEach(fields::putIfAbsent);
        }
        return fields;
    }

    /** Keeps the events of a value. */
    private void keep(Event first, List<Event> into) throws X {
        int depth = 0;
        for (Event event = first; ; event = source()) {
            kept++;
            if (kept > limits.aliases()) {
                throw at(event, "<< adds more than " + limits.aliases() + " values");
            }
            into.add(event);
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth == 0) {
                return;
            }
        }
    }

    private X at(Event event, String problem) {
        return event.getStartMark()
                .map(mark -> problems.at(mark.getLine() + 1, mark.getColumn() + 1, problem))
                .orElseGet(() -> problems.at(1, 1, problem));
    }
}
