/** Image references, reviews, rules, policies and the webhook protocol of Imagegate. */
module io.imagegate.core {
    requires static transitive org.jspecify;

    exports io.imagegate.reference;
    exports io.imagegate.review;
    exports io.imagegate.fact;
    exports io.imagegate.predicate;
    exports io.imagegate.signer;
    exports io.imagegate.version;
    exports io.imagegate.rule;
    exports io.imagegate.policy;
    exports io.imagegate.metric;
    exports io.imagegate.object;
    exports io.imagegate.webhook;
    exports io.imagegate.workload;
    exports io.imagegate.syntax to
            io.imagegate.console,
            io.imagegate.files,
            io.imagegate.inputs,
            io.imagegate.registry,
            io.imagegate.server,
            io.imagegate.signature;
    exports io.imagegate.text to
            io.imagegate.console,
            io.imagegate.files,
            io.imagegate.inputs,
            io.imagegate.registry,
            io.imagegate.server,
            io.imagegate.signature;
    exports io.imagegate.time to
            io.imagegate.console,
            io.imagegate.files,
            io.imagegate.inputs,
            io.imagegate.registry,
            io.imagegate.server,
            io.imagegate.signature;
    exports io.imagegate.certificate to
            io.imagegate.files,
            io.imagegate.registry,
            io.imagegate.server,
            io.imagegate.signature;
    exports io.imagegate.admission to
            io.imagegate.files,
            io.imagegate.inputs;
    exports io.imagegate.kubernetes to
            io.imagegate.inputs;
    exports io.imagegate.wire to
            io.imagegate.inputs;

    uses io.imagegate.syntax.YamlProvider;
}
