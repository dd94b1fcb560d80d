package io.imagegate.document.pattern;

import io.imagegate.document.yaml.Problem;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.policy.Mutation;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.ImageRewrite;
import io.imagegate.reference.PatternSet;
import io.imagegate.reference.ReferenceSyntaxException;
import io.imagegate.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the lists of patterns of policies loaded together with the mutation of one of them. After a rewrite no rule sees the
 * old name of an image, so a list that names only that would silently no longer match.
 */
public final class MutationChecks {

    private record Written(YamlNode node, PatternSet patterns) {}

    private final List<Written> lists = new ArrayList<>();
    private final List<Written> allowed = new ArrayList<>();
    private @Nullable YamlNode node;
    private @Nullable Mutation mutation;
    private boolean comparedKinds;

    /** Adds a list in which a pattern that no longer matches would loosen or narrow a policy. */
    void add(YamlNode list, PatternSet patterns) {
        lists.add(new Written(list, patterns));
    }

    /** Adds a list of allowed images, which deny if they no longer match. */
    void addAllowed(YamlNode list, PatternSet patterns) {
        allowed.add(new Written(list, patterns));
    }

    /** Sets the mutation. Policies that are loaded together have one at most. */
    public void set(YamlNode written, Optional<Mutation> read) {
        if (node != null) {
            written.problem("images are already changed in " + node.at().file() + " line "
                    + node.at().line() + ", expected one policy with mutate");
            return;
        }
        node = written;
        mutation = read.orElse(null);
    }

    /** Records that digests cannot be looked up, if some are to be. */
    public void refusePin(String why) {
        if (node != null && mutation != null && mutation.pin().isPresent()) {
            node.problem("pin looks up digests: " + why);
        }
    }

    /** Records each kind whose images cannot be found. */
    public void requireKinds(Workloads known) {
        if (node == null || mutation == null || comparedKinds) {
            return;
        }
        comparedKinds = true; // Each mistake is told once, also if several tests use the same policies.
        for (String kind : mutation.kinds()) {
            boolean patchable = known.find(kind)
                    .filter(workload -> workload.helmValues().isEmpty())
                    .isPresent();
            if (!patchable) {
                node.problem("kinds: it is not known where images stand in objects of the kind " + YamlNode.quote(kind)
                        + ", expected it in spec.workloads without helmValues");
            }
        }
    }

    /** Records each pattern that no longer matches what it names. */
    public void check() {
        for (ImageRewrite rewrite : rewrites()) {
            for (Written list : lists) {
                check(list, rewrite);
            }
        }
        lists.clear(); // Each mistake is told once, also if several tests use the same policies.
    }

    private static void check(Written list, ImageRewrite rewrite) {
        for (ImagePattern pattern : list.patterns().patterns()) {
            Optional<String> missing = rewrite.missing(pattern, list.patterns());
            if (missing.isPresent()) {
                list.node()
                        .problem("pattern " + YamlNode.quote(pattern.toString())
                                + " names images that mutate.rewrite gives " + given(missing.get()));
                return;
            }
        }
    }

    private static String given(String missing) {
        String name = YamlNode.quote(missing);
        try {
            ImagePattern.parse(missing);
            return "another name, which rules see: expected " + name + " in the same list, too";
        } catch (ReferenceSyntaxException impossible) {
            return "the name " + name + ", which no image can have, so they are always denied: leave the pattern out";
        }
    }

    /** {@return a warning for each list that allows whatever a rewrite makes} */
    public List<Problem> warnings() {
        List<Problem> warnings = new ArrayList<>();
        for (ImageRewrite rewrite : rewrites()) {
            for (Written list : allowed) {
                list.patterns().patterns().stream()
                        .filter(pattern -> pattern.covers(rewrite.to()))
                        .findFirst()
                        .ifPresent(pattern -> warnings.add(list.node()
                                .warning("allows "
                                        + YamlNode.quote(pattern.toString()) + ", and with that every image of "
                                        + YamlNode.quote(rewrite.from().toString())
                                        + ", which mutate.rewrite sends there: allow the parts of it that you trust")));
            }
        }
        return warnings;
    }

    private List<ImageRewrite> rewrites() {
        return mutation == null ? List.of() : mutation.rewrites();
    }
}
