/** Image references, reviews, rules, policies and the webhook protocol of Imagegate. */
module io.imagegate.core {
    requires static transitive org.jspecify;
    requires tools.jackson.core;
    requires org.snakeyaml.engine;

    exports io.imagegate.reference;
    exports io.imagegate.review;
    exports io.imagegate.fact;
    exports io.imagegate.predicate;
    exports io.imagegate.signer;
    exports io.imagegate.version;
    exports io.imagegate.rule;
    exports io.imagegate.policy;
    exports io.imagegate.figure;
    exports io.imagegate.gate;
    exports io.imagegate.manifest;
    exports io.imagegate.object;
    exports io.imagegate.document;
    exports io.imagegate.policytest;
    exports io.imagegate.webhook;
    exports io.imagegate.workload;
    exports io.imagegate.document.yaml to
            io.imagegate.registry;
    exports io.imagegate.syntax to
            io.imagegate.registry,
            io.imagegate.signature;
    exports io.imagegate.yaml to
            io.imagegate.registry;
    exports io.imagegate.text to
            io.imagegate.registry,
            io.imagegate.signature;
    exports io.imagegate.time to
            io.imagegate.registry,
            io.imagegate.signature;
    exports io.imagegate.follow to
            io.imagegate.registry;
    exports io.imagegate.certificate to
            io.imagegate.registry,
            io.imagegate.signature;

    uses io.imagegate.gate.RegistryProvider;
    uses io.imagegate.gate.SignatureProvider;
    uses io.imagegate.manifest.InputFactory;
    uses io.imagegate.rule.CelProvider;
    uses io.imagegate.rule.RuleFactory;
}
