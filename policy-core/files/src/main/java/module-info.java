/** Policies in files, read again when they change, and the gate that is opened of them. */
module io.imagegate.files {
    requires transitive io.imagegate.core;
    requires org.snakeyaml.engine;
    requires static org.jspecify;

    exports io.imagegate.document;
    exports io.imagegate.gate;
    exports io.imagegate.document.file to
            io.imagegate.inputs;
    exports io.imagegate.document.policy to
            io.imagegate.inputs;
    exports io.imagegate.document.rule to
            io.imagegate.inputs;
    exports io.imagegate.document.yaml to
            io.imagegate.inputs,
            io.imagegate.registry,
            io.imagegate.server;
    exports io.imagegate.follow to
            io.imagegate.inputs,
            io.imagegate.registry,
            io.imagegate.server;
    exports io.imagegate.yaml to
            io.imagegate.console,
            io.imagegate.inputs,
            io.imagegate.registry;

    uses io.imagegate.gate.RegistryProvider;
    uses io.imagegate.gate.SignatureProvider;
    uses io.imagegate.rule.CelProvider;
    uses io.imagegate.rule.RuleFactory;

    provides io.imagegate.syntax.YamlProvider with
            io.imagegate.yaml.ManifestYaml;
}
