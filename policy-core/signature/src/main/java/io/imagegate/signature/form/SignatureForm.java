package io.imagegate.signature.form;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.format.KnownArtifact;
import io.imagegate.signature.format.ParsedSignature;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A form in which signatures and attestations of images are stored. Each form is a package of its own, and a line in
 * {@code KnownForms}. Implementations are immutable and thread-safe.
 */
public interface SignatureForm {

    /** How likely a manifest has what a search is for, the likely ones first. */
    enum Likelihood {
        LIKELY,
        UNKNOWN,
        UNLIKELY
    }

    /** {@return the name for people, such as {@code Notation}} */
    String name();

    /** {@return what the layers of this form are, for people: {@code a signature of Notation}} */
    String layers();

    // Where it is stored: as a layer of a manifest that a tag names, or that refers to the image.

    /**
     * {@return the ends of tags that begin with the image's digest and name manifests of this form}
     *
     * @param sought what is sought
     */
    List<String> tagSuffixes(Sought sought);

    /**
     * {@return the media types of layers that may be what is sought}
     *
     * @param sought what is sought
     */
    Set<String> mediaTypes(Sought sought);

    /**
     * {@return whether manifests of a type of artifact can have layers of this form}
     *
     * @param type of the artifact; empty if the manifest has none
     */
    boolean isIn(String type);

    /** {@return the annotations of listed manifests that {@link #likelihood} looks at} */
    Set<String> hints();

    /**
     * {@return whether a manifest probably has what is sought} Annotations are not signed, so they only order the search.
     *
     * @param annotations of the manifest as it is listed
     * @param sought what is sought
     */
    Likelihood likelihood(Map<String, String> annotations, Sought sought);

    // How it is read.

    /**
     * {@return a signature, in which nothing is verified} Refuses what is not of this form.
     *
     * @param crypto hashes content
     * @param artifact what it must be about
     * @param layer the signature
     */
    ParsedSignature read(Crypto crypto, KnownArtifact artifact, Layer layer);

    // Whose signatures have it.

    /** {@return the kinds of signers whose signatures have this form, and how these are verified} */
    SignerKinds signers();

    // What it binds.

    /** {@return whether it is about the media type and size of a manifest, and not its digest alone} */
    boolean bindsManifest();
}
