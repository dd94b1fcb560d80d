/**
 * Signers as data, and what was found about them. A {@link io.imagegate.signer.NamedSigner} says who may sign: a key, an
 * identity or a company's certificate. {@link io.imagegate.signer.SignatureNeed} and
 * {@link io.imagegate.signer.AttestationNeed} ask a fact source for signatures and attestations of an image by some signers;
 * {@link io.imagegate.signer.SignatureFacts} answers both: what verified, and what was found instead.
 *
 * <p>Of predicates that are large, such as the reports of scanners, a {@link io.imagegate.signer.ContentQuery} extracts what rules
 * compare: a {@link io.imagegate.signer.ScanReport} or a {@link io.imagegate.signer.VexDocument}. It reads a
 * {@link io.imagegate.signer.JsonValue}, which a fact source makes of a stream and a policy test of a file.
 *
 * <p>Nothing here verifies anything. A fact source verifies, and keeps its answers by content: {@code identity()} of signers
 * and trust, and {@code key()} of needs, change with each byte of a key or certificate, and never with a name.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signer;

import org.jspecify.annotations.NullMarked;
