package io.imagegate.registry;

import io.imagegate.document.DocumentProblem;
import io.imagegate.text.TextPosition;
import io.imagegate.syntax.YamlMessage;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads a file that is one document of YAML or JSON, without aliases and not deep. */
final class ConfigYaml {

    private static final int DEPTH = 16;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setAllowNonScalarKeys(true) // ConfigNode refuses them, with their position
            .build();

    private ConfigYaml() {}

    static Optional<ConfigNode> parse(String file, String text, List<DocumentProblem> problems) {
        StreamReader events = new StreamReader(SETTINGS, text);
        try {
            if (isPlain(file, new ParserImpl(SETTINGS, events), problems)) {
                Composer composer = new Composer(SETTINGS, new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text)));
                Optional<Node> document = composer.getSingleNode();
                if (document.isEmpty()) {
                    problems.add(new DocumentProblem(file, 0, 0, "an empty file, expected kind: ImageRegistries"));
                }
                return document.map(node -> new ConfigNode(file, "", node, problems));
            }
        } catch (MarkedYamlEngineException e) {
            problems.add(problem(file, e.getProblemMark(), "not YAML or JSON: " + YamlMessage.oneLine(e.getProblem())));
        } catch (ReaderException e) {
            TextPosition at = TextPosition.after(text, e.getPosition());
            String message = "not YAML or JSON: " + YamlMessage.forbidden(e.getCodePoint());
            problems.add(new DocumentProblem(file, at.line(), at.column(), message));
        } catch (NumberFormatException e) {
            problems.add(problem(file, events.getMark(), "not YAML or JSON: " + YamlMessage.NO_DIGITS));
        } catch (YamlEngineException e) {
            problems.add(problem(file, events.getMark(), "not YAML or JSON: " + YamlMessage.oneLine(e.getMessage())));
        }
        return Optional.empty();
    }

    /** Looks at the events before nodes are made of them. */
    private static boolean isPlain(String file, ParserImpl parser, List<DocumentProblem> problems) {
        int depth = 0;
        int documents = 0;
        while (parser.hasNext()) {
            Event event = parser.next();
            if (event instanceof AliasEvent) {
                problems.add(problem(file, event.getStartMark(), "an alias, expected the value itself"));
                return false;
            }
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                problems.add(problem(file, event.getStartMark(), "another document, expected only one"));
                return false;
            }
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > DEPTH) {
                problems.add(problem(file, event.getStartMark(), "nested deeper than " + DEPTH + " levels"));
                return false;
            }
        }
        return true;
    }

    private static DocumentProblem problem(String file, Optional<Mark> mark, String message) {
        return new DocumentProblem(
                file,
                mark.map(m -> m.getLine() + 1).orElse(0),
                mark.map(m -> m.getColumn() + 1).orElse(0),
                message);
    }
}
