/** Verification of signatures and attestations of container images. */
module io.imagegate.signature {
    requires transitive io.imagegate.files;
    requires transitive io.imagegate.registry;
    requires com.github.benmanes.caffeine;
    requires static org.jspecify;

    exports io.imagegate.signature;
    exports io.imagegate.signature.fact;
    exports io.imagegate.signature.search;

    provides io.imagegate.gate.SignatureProvider with
            io.imagegate.signature.provider.ImageSignatures;
}
