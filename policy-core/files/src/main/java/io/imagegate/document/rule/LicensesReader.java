package io.imagegate.document.rule;

import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.predicate.License;
import io.imagegate.rule.Licenses;
import java.util.List;
import java.util.Optional;

/** Reads which licenses packages of a bill of materials must not have, or may have. */
final class LicensesReader {

    private LicensesReader() {}

    /** {@return the condition; none if it cannot be read} */
    static List<Licenses> read(YamlNode node) {
        return node.fields("deny", "allow").flatMap(LicensesReader::read).stream()
                .toList();
    }

    private static Optional<Licenses> read(Fields fields) {
        int before = fields.owner().problems().count();
        Optional<String[]> denied = fields.get("deny").flatMap(LicensesReader::list);
        Optional<String[]> allowed = fields.get("allow").flatMap(LicensesReader::list);
        if (denied.isEmpty() && allowed.isEmpty() && fields.owner().problems().count() == before) {
            fields.owner().problem("no licenses, expected deny, allow or both");
        }
        if (fields.owner().problems().count() > before) {
            return Optional.empty();
        }
        Optional<Licenses> condition = denied.map(Licenses::deny);
        return allowed.isEmpty()
                ? condition
                : Optional.of(condition
                        .map(deny -> deny.withAllowed(allowed.get()))
                        .orElseGet(() -> Licenses.allow(allowed.get())));
    }

    private static Optional<String[]> list(YamlNode node) {
        return node.list(item -> item.parse(LicensesReader::checked)).map(list -> list.toArray(String[]::new));
    }

    private static String checked(String license) {
        License.versions(license);
        return license;
    }
}
