package io.imagegate.registry.api;

import io.imagegate.reference.Digest;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.content.Hashes;
import io.imagegate.registry.content.Json;
import io.imagegate.registry.content.MediaTypes;
import io.imagegate.registry.endpoint.RepositoryLocation;
import io.imagegate.registry.http.Flight;
import io.imagegate.registry.http.Response;
import io.imagegate.registry.metadata.OciManifestReader;
import io.imagegate.registry.oci.Descriptor;
import io.imagegate.registry.oci.Manifest;
import io.imagegate.time.TimeSource;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The distribution API of one repository, one flight for each call. Everything that a digest names is hashed; what a tag
 * names is hashed as well wherever it is read.
 */
public final class RegistryClient {

    /** Most referrers of a digest. */
    public static final int REFERRERS = 1_000;

    private static final int PAGES = 100;

    private static final Pattern NEXT = Pattern.compile("<([^<>]{1,4096})>\\s*;\\s*rel=\"?next\"?.*");

    private final Requests requests;

    public RegistryClient(TimeSource time) {
        requests = new Requests(time);
    }

    /** Asks which digest a tag or digest names. */
    public CompletableFuture<Digest> head(Flight flight, RepositoryLocation place, String reference) {
        String what = description(place, reference);
        return requests.send(ask(flight, place, "HEAD", place.path("manifests", reference), MediaTypes.ACCEPT, 0))
                .thenCompose(response -> {
                    requireOk(place, what, response);
                    return response.header("Docker-Content-Digest")
                            .map(OciManifestReader::digest)
                            .map(digest -> checked(reference, digest))
                            .map(CompletableFuture::completedFuture)
                            .orElseGet(() -> manifest(flight, place, reference).thenApply(Manifest::digest));
                });
    }

    private static Digest checked(String reference, Digest digest) {
        if (reference.indexOf(':') > 0 && !digest.toString().equals(reference)) {
            throw Failure.undecidable("the registry says that " + reference + " has the digest " + digest);
        }
        return digest;
    }

    /** Reads the manifest that a tag or digest names. */
    public CompletableFuture<Manifest> manifest(Flight flight, RepositoryLocation place, String reference) {
        return requests.send(ask(
                        flight,
                        place,
                        "GET",
                        place.path("manifests", reference),
                        MediaTypes.ACCEPT,
                        OciManifestReader.LIMIT))
                .thenApply(response -> {
                    requireOk(place, description(place, reference), response);
                    String type = response.header("Content-Type").orElse("");
                    return OciManifestReader.read(digest(reference, response), type, response.body());
                });
    }

    private static Digest digest(String reference, Response response) {
        if (reference.indexOf(':') > 0) {
            Digest digest = Digest.parse(reference);
            Hashes.require(digest, response.body());
            return digest;
        }
        Digest said = response.header("Docker-Content-Digest")
                .map(OciManifestReader::digest)
                .orElseGet(() -> Hashes.sha256(response.body()));
        Hashes.require(said, response.body());
        return said;
    }

    /** Reads content of a known length. */
    public CompletableFuture<byte[]> blob(Flight flight, RepositoryLocation place, Digest digest, long size) {
        String path = place.path("blobs", digest.toString());
        return requests.send(ask(flight, place, "GET", path, "*/*", size)).thenApply(response -> {
            requireOk(place, description(place, digest.toString()), response);
            if (response.body().length != size) {
                throw Failure.undecidable(digest + " has " + response.body().length + " bytes, expected " + size);
            }
            Hashes.require(digest, response.body());
            return response.body();
        });
    }

    /** Reads the list of the referrers API, page by page. */
    public CompletableFuture<List<Descriptor>> referrers(Flight flight, RepositoryLocation place, Digest digest) {
        URI first = place.endpoint().uri(place.path("referrers", digest.toString()));
        return page(flight, place, digest, first, new ArrayList<>(), PAGES);
    }

    private CompletableFuture<List<Descriptor>> page(
            Flight flight, RepositoryLocation place, Digest digest, URI uri, List<Descriptor> found, int pages) {
        return requests.send(new Requests.Ask(flight, place, "GET", uri, MediaTypes.OCI_INDEX, OciManifestReader.LIMIT))
                .thenCompose(response -> {
                    if (pages < PAGES && response.status() == 404) {
                        throw Failure.undecidable(
                                "the next page of the list of referrers of " + digest + " does not exist");
                    }
                    requireOk(place, "the list of referrers of " + digest, response);
                    // An error that is sent with status 200 must not pass for an empty list.
                    Json list = Json.read("the list of referrers", response.body())
                            .require("manifests", "the list of referrers");
                    List<Descriptor> more = OciManifestReader.descriptors(list, "manifests");
                    found.addAll(more);
                    if (found.size() > REFERRERS) {
                        throw Failure.undecidable(digest + " has more than " + REFERRERS + " referrers");
                    }
                    String link = String.join(", ", response.headers("Link"));
                    Matcher next = NEXT.matcher(link);
                    if (!next.matches()) {
                        requireLast(place, link);
                        return CompletableFuture.completedFuture(found);
                    }
                    if (pages == 1) {
                        throw Failure.undecidable(
                                "the list of referrers of " + digest + " has more than " + PAGES + " pages");
                    }
                    URI page = Locations.page(place.endpoint(), uri, next.group(1));
                    return page(flight, place, digest, page, found, pages - 1);
                });
    }

    /** A list whose next page is not found must not pass for a complete one. */
    private static void requireLast(RepositoryLocation place, String link) {
        if (link.toLowerCase(Locale.ROOT).contains("next")) {
            throw Failure.undecidable(place.endpoint().host() + " names a next page by " + Failure.shown(link)
                    + ", expected <URL>; rel=\"next\"");
        }
    }

    private static Requests.Ask ask(
            Flight flight, RepositoryLocation place, String method, String path, String accept, long limit) {
        return new Requests.Ask(flight, place, method, place.endpoint().uri(path), accept, limit);
    }

    private static void requireOk(RepositoryLocation place, String what, Response response) {
        if (response.status() != 200) {
            throw Statuses.failure(place.endpoint(), what, response);
        }
    }

    private static String description(RepositoryLocation place, String reference) {
        return place.repository() + (reference.indexOf(':') > 0 ? "@" : ":") + reference;
    }
}
