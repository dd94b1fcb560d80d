/**
 * Names of container images, and patterns that match them.
 *
 * <p>An {@link io.imagegate.reference.ImageReference} is parsed exactly as container runtimes do. The grammar:
 *
 * <pre>
 * reference  = [ registry "/" ] repository [ ":" tag ] [ "@" digest ]
 * registry   = host [ ":" port ]
 * host       = label *( "." label ) | "[" 1*( hex | ":" ) "]"
 * label      = alphanumeric of either case, "-" inside
 * port       = 1*digit
 * repository = segment *( "/" segment )                     ; at most 255 characters
 * segment    = run *( separator run )
 * run        = 1*( a-z | 0-9 )
 * separator  = "." | "_" | "__" | 1*"-"
 * tag        = ( letter | digit | "_" ) *127( letter | digit | "_" | "." | "-" )
 * digest     = "sha256:" 64hex | "sha384:" 96hex | "sha512:" 128hex     ; lower-case hex
 * </pre>
 *
 * <p>Text before the first slash is a registry if it is {@code localhost} or contains a dot, a colon or an upper-case
 * letter. Otherwise the whole name belongs to Docker Hub, {@code docker.io}. {@code index.docker.io} is
 * {@code docker.io}, and a repository of one segment there gets the prefix {@code library/}, which counts in the 255.
 * Exactly 64 hexadecimal digits are an image ID and are refused.
 *
 * <p>A special case: the first part of {@code foo_bar.com/baz} looks like a registry, but a host has no underscore, so
 * all of it is a repository <em>without</em> a registry. It parses, as in container runtimes, but
 * {@link io.imagegate.reference.ImageReference#hasRegistry()} is false, no pattern matches it, and every policy denies
 * it.
 *
 * <p>An {@link io.imagegate.reference.ImagePattern} matches images part by part and never compares raw text. A
 * {@link io.imagegate.reference.PatternSet} matches many patterns at once. A {@link io.imagegate.reference.Glob}
 * matches one text: a tag, a namespace, an annotation.
 *
 * <p>All types are immutable and thread-safe. Parsing takes time linear in the length of the text, without recursion.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.reference;

import org.jspecify.annotations.NullMarked;
