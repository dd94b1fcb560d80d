package io.imagegate.predicate;

import io.imagegate.reference.Digest;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** One of {@code statements[]} of an OpenVEX document while its fields are read. */
final class VexStatementReader implements BiConsumer<String, JsonValue> {

    /** Whether a status means that the image is not vulnerable. */
    private static final Map<String, Boolean> EXCUSES =
            Map.of("not_affected", true, "fixed", true, "affected", false, "under_investigation", false);

    private final DocumentFields fields;
    private final VexProducts products;
    private final Set<String> names = new HashSet<>();
    private String status = "";
    private Optional<Instant> timestamp = Optional.empty();
    private Optional<Instant> updated = Optional.empty();

    VexStatementReader(DocumentFields fields, Digest image) {
        this.fields = fields;
        this.products = new VexProducts(fields, image);
    }

    @Override
    public void accept(String name, JsonValue value) {
        switch (name) {
            case "vulnerability" -> fields.object(value, name, this::vulnerability);
            case "status" -> status = fields.text(value, name);
            case "timestamp" -> timestamp = VexReader.date(fields, value, name);
            case "last_updated" -> updated = VexReader.date(fields, value, name);
            case "products" -> products.read(value);
            case "subcomponents" ->
                throw fields.wrong(name, "subcomponents within products, as version 0.2.0 has them");
            default -> {}
        }
    }

    private void vulnerability(String name, JsonValue value) {
        switch (name) {
            case "name" -> name(value, "vulnerability.name");
            case "aliases" -> fields.list(value, name, alias -> name(alias, "vulnerability.aliases[]"));
            default -> {}
        }
    }

    private void name(JsonValue value, String where) {
        String name = fields.requiredText(value, where);
        fields.keep(name);
        names.add(name);
    }

    /** {@return whether the statement is about the image; one that is not complete is refused} */
    boolean isAboutImage() {
        if (names.isEmpty() || !EXCUSES.containsKey(status)) {
            throw fields.wrong(
                    "statements[]",
                    "a vulnerability with its name, and a status: not_affected, affected, fixed or under_investigation");
        }
        return products.haveImage(excuses());
    }

    private boolean excuses() {
        return EXCUSES.getOrDefault(status, false);
    }

    /** {@return the statement with what it inherits of its document} */
    VexStatement with(Optional<Instant> issued, Optional<Instant> documentUpdated) {
        Stream<Instant> own = Stream.of(timestamp, updated).flatMap(Optional::stream);
        Optional<Instant> inherited = Stream.of(issued, excuses() ? issued : documentUpdated)
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
        Instant date = own.max(Instant::compareTo)
                .or(() -> inherited)
                .orElseThrow(() -> fields.wrong("timestamp", "a date in the document or in each statement"));
        return new VexStatement(names, excuses(), date, products.packages(excuses()));
    }
}
