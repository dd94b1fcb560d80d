package io.imagegate.document.yaml;

import io.imagegate.document.yaml.LimitedParser.LimitException;
import io.imagegate.text.TextPosition;
import io.imagegate.text.YamlMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads the documents of a file in YAML 1.2 or JSON, which is a subset of YAML. */
public final class YamlReader {

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setAllowNonScalarKeys(true) // Fields refuses them, with their position
            .setCodePointLimit(Integer.MAX_VALUE) // SourceFiles.LIMIT is smaller
            .setMaxAliasesForCollections(Integer.MAX_VALUE) // LimitedParser counts expanded aliases
            .build();

    private YamlReader() {}

    /** {@return the documents; if there is a mistake, those before it} */
    public static List<YamlNode> documents(String file, String text, Problems problems) {
        List<YamlNode> documents = new ArrayList<>();
        StreamReader reader = new StreamReader(SETTINGS, text);
        try {
            Composer composer = new Composer(SETTINGS, new LimitedParser(new ParserImpl(SETTINGS, reader)));
            while (composer.hasNext()) {
                Node node = composer.next();
                if (!node.getTag().equals(Tag.NULL)) { // such as after a last ---
                    documents.add(YamlNode.document(file, node, problems));
                }
            }
        } catch (LimitException e) {
            problems.add(position(file, e.mark()), String.valueOf(e.getMessage()));
        } catch (MarkedYamlEngineException e) {
            problems.add(position(file, e.getProblemMark().or(e::getContextMark)), "not YAML or JSON: " + sentence(e));
        } catch (ReaderException e) {
            problems.add(
                    Position.of(file, TextPosition.after(text, e.getPosition())),
                    "not YAML or JSON: " + YamlMessage.forbidden(e.getCodePoint()));
        } catch (NumberFormatException e) {
            problems.add(position(file, reader.getMark()), "not YAML or JSON: " + YamlMessage.NO_DIGITS);
        } catch (YamlVersionException e) {
            problems.add(position(file, reader.getMark()), "not YAML or JSON: expected the version of YAML 1.2");
        } catch (YamlEngineException e) {
            problems.add(position(file, reader.getMark()), "not YAML or JSON: " + YamlMessage.oneLine(e.getMessage()));
        }
        return documents;
    }

    private static String sentence(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : YamlMessage.oneLine(e.getContext());
        return (context.isEmpty() ? "" : context + ", ") + YamlMessage.oneLine(e.getProblem());
    }

    private static Position position(String file, Optional<Mark> mark) {
        return mark.map(m -> Position.of(file, m)).orElse(new Position(file, 1, 1));
    }
}
