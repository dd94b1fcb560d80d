package io.imagegate.document.rule;

import io.imagegate.document.pattern.GlobMistakes;
import io.imagegate.document.pattern.Globs;
import io.imagegate.document.pattern.ScopeReader;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.policy.BreakGlass;
import io.imagegate.reference.GlobSet;
import io.imagegate.rule.RequestProperty;
import java.util.List;
import java.util.Optional;

/** Reads the break-glass of a policy. */
public final class BreakGlassReader {

    /** The controller that creates the pods of Deployments, and who it is without a service account of its own. */
    private static final String CONTROLLER = Globs.ACCOUNT + "kube-system:replicaset-controller";

    private static final String CONTROLLER_MANAGER = "system:kube-controller-manager";
    private static final List<String> GROUPS =
            List.of(Globs.ACCOUNTS, Globs.ACCOUNTS + ":kube-system", "system:authenticated");

    private final ScopeReader scopes;
    private final PolicyWarnings warnings;

    /** Makes a reader that has a reader of scopes warn of what ImagePolicyWebhook does not tell. */
    public BreakGlassReader(ScopeReader scopes, PolicyWarnings warnings) {
        this.scopes = scopes;
        this.warnings = warnings;
    }

    public Optional<BreakGlass> read(YamlNode node) {
        return node.fields("annotation", "value", "namespaces", "users", "groups")
                .flatMap(this::read);
    }

    private Optional<BreakGlass> read(Fields fields) {
        int before = fields.owner().problems().count();
        Optional<String> annotation = fields.require("annotation").flatMap(YamlNode::text);
        Optional<String> value = fields.require("value")
                .flatMap(node -> node.parse(text -> GlobSet.of(text).toString()));
        Optional<GlobSet> namespaces = fields.require("namespaces").flatMap(Globs::namespaces);
        Optional<GlobSet> users = fields.get("users").flatMap(Globs::users);
        Optional<GlobSet> groups = fields.get("groups").flatMap(Globs::groups);
        if (fields.owner().problems().count() > before) {
            return Optional.empty();
        }
        fields.get("value").ifPresent(node -> GlobMistakes.secret(node, warnings));
        fields.get("users").ifPresent(node -> {
            scopes.notInImageReview(RequestProperty.USER, node);
            GlobMistakes.users(node, warnings);
        });
        fields.get("groups").ifPresent(node -> {
            scopes.notInImageReview(RequestProperty.GROUP, node);
            GlobMistakes.texts(node, warnings);
        });
        Optional<BreakGlass> read =
                annotation.flatMap(a -> value.flatMap(v -> namespaces.flatMap(n -> checked(fields, a, v, n))));
        if (users.isPresent() || groups.isPresent()) {
            warnings.add(
                    fields.owner(),
                    isController(users, groups)
                            ? "controllers create pods for everybody who may write a workload: let the webhook check all kinds of"
                                    + " workloads, too, with their subresources"
                            : "controllers create the pods of workloads, and none of their service accounts is named, so pods with"
                                    + " the annotation are denied: name those accounts, such as " + CONTROLLER);
        }
        return read.map(all -> users.map(all::withUsers).orElse(all))
                .map(all -> groups.map(all::withGroups).orElse(all));
    }

    /** {@code BreakGlass} rejects a value that an empty annotation would match. */
    private static Optional<BreakGlass> checked(Fields fields, String annotation, String value, GlobSet namespaces) {
        return fields.owner().parse(annotation, key -> BreakGlass.of(key, value, namespaces));
    }

    private static boolean isController(Optional<GlobSet> users, Optional<GlobSet> groups) {
        return users.filter(globs -> globs.matches(CONTROLLER)
                                || globs.matches(CONTROLLER_MANAGER)
                                || globs.globs().stream().anyMatch(glob -> glob.startsWith(Globs.ACCOUNT)))
                        .isPresent()
                || groups.filter(globs -> GROUPS.stream().anyMatch(globs::matches)
                                || globs.globs().stream().anyMatch(glob -> glob.startsWith(Globs.ACCOUNTS + ":")))
                        .isPresent();
    }
}
