package io.imagegate.input.kustomize;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.input.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The data of an entry of {@code configMapGenerator}, as
 * <a href="https://github.com/kubernetes-sigs/kustomize/blob/master/api/kv/kv.go">kustomize reads its sources</a>. Not thread-safe.
 */
final class GeneratedData {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Kustomization by;
    private final KustomizeFiles files;
    private final KustomizeBudget budget;
    private final ManifestNode data;

    private GeneratedData(Kustomization by, ManifestNode entry, KustomizeFiles files, KustomizeBudget budget) {
        this.by = by;
        this.files = files;
        this.budget = budget;
        this.data = entry.object();
    }

    /** {@return the data; a value that is not known if it cannot be read, or a key has two values} */
    static ManifestNode of(Kustomization by, ManifestNode entry, KustomizeFiles files, KustomizeBudget budget)
            throws InputException {
        GeneratedData read = new GeneratedData(by, entry, files, budget);
        boolean isKnown = true;
        try {
            List<ManifestNode> lists = new ArrayList<>(ManifestNode.in(entry, "envs").elements);
            ManifestNode list = entry.field("env");
            if (list != null && !list.text.isEmpty()) {
                lists.add(list);
            }
            for (ManifestNode file : lists) {
                isKnown &= read.addLines(file);
            }
            for (ManifestNode literal : ManifestNode.in(entry, "literals").elements) {
                isKnown &= read.addLiteral(literal);
            }
            for (ManifestNode file : ManifestNode.in(entry, "files").elements) {
                isKnown &= read.addFile(file);
            }
        } catch (IOException unreadable) {
            isKnown = false;
        }
        return isKnown ? read.data : read.data.unknown(entry);
    }

    private boolean add(String key, ManifestNode value) throws InputException {
        budget.keep(value, 1);
        return !key.isEmpty() && data.fields.put(key, value) == null;
    }

    private boolean addLiteral(ManifestNode literal) throws InputException {
        int sign = literal.text.indexOf('=');
        if (sign <= 0) {
            return false;
        }
        String value = literal.text.substring(sign + 1);
        boolean isQuoted = value.length() > 1
                && (value.startsWith("'") || value.startsWith("\""))
                && value.charAt(0) == value.charAt(value.length() - 1);
        return add(
                literal.text.substring(0, sign),
                literal.withText(isQuoted ? value.substring(1, value.length() - 1) : value));
    }

    /** Adds the content of a file: {@code NAME} or {@code KEY=NAME}. */
    private boolean addFile(ManifestNode file) throws InputException, IOException {
        int sign = file.text.indexOf('=');
        String name = file.text.substring(sign + 1);
        if (sign == 0 || name.isEmpty() || name.indexOf('=') >= 0) {
            return false;
        }
        ManifestNode reference = file.withText(name);
        String key = sign < 0 ? String.valueOf(Path.of(name).getFileName()) : file.text.substring(0, sign);
        return add(key, content(reference));
    }

    /** Adds the lines {@code KEY=VALUE} of a file. */
    private boolean addLines(ManifestNode file) throws InputException, IOException {
        ManifestNode content = content(file);
        boolean isKnown = true;
        String text = content.text.startsWith(BYTE_ORDER_MARK) ? content.text.substring(1) : content.text;
        for (String line : text.split("\r?\n", -1)) {
            String pair = line.stripLeading();
            int sign = pair.indexOf('=');
            if (!pair.isEmpty() && !pair.startsWith("#")) {
                // Versions differ in what a key without a value has.
                isKnown &= sign > 0 && add(pair.substring(0, sign), content.withText(pair.substring(sign + 1)));
            }
        }
        return isKnown;
    }

    /** Flux also takes files out of the folder, which kustomize refuses: these are not opened. */
    private Path find(ManifestNode reference) throws IOException {
        try {
            return KustomizeFiles.find(reference, by.folder).orElseThrow(() -> new IOException("not here"));
        } catch (InputException refused) {
            throw new IOException("not in the folder", refused);
        }
    }

    private ManifestNode content(ManifestNode reference) throws InputException, IOException {
        budget.open(reference);
        Path file = find(reference);
        try {
            String text =
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(files.read(file))).toString();
            return reference.whole(new ManifestSource(KustomizeFiles.name(reference), file, 0, false), text);
        } catch (CharacterCodingException binary) {
            throw new IOException("no text", binary);
        }
    }
}
