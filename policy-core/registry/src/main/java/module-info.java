/** Facts about images from OCI registries. */
module io.imagegate.registry {
    requires transitive io.imagegate.files;
    requires transitive java.net.http;
    requires com.github.benmanes.caffeine;
    requires static org.jspecify;

    exports io.imagegate.registry;
    exports io.imagegate.registry.layout;
    exports io.imagegate.registry.oci;
    exports io.imagegate.registry.post to
            io.imagegate.server;
    exports io.imagegate.registry.share to
            io.imagegate.signature;

    provides io.imagegate.gate.RegistryProvider with
            io.imagegate.registry.provider.FileRegistries;
}
