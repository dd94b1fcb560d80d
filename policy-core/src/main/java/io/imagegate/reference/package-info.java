/**
 * Names of container images, and patterns over them.
 *
 * <p>An {@link io.imagegate.reference.ImageReference} is read from text exactly as container runtimes read it. The grammar:
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
 * <p>Text before the first slash is a registry when it is {@code localhost}, or holds a dot, a colon or an upper-case
 * letter; otherwise the whole name belongs to Docker Hub, {@code docker.io}. {@code index.docker.io} is {@code docker.io},
 * and a repository of one segment there gets {@code library/} in front (which counts in the 255). Sixty-four hexadecimal
 * digits alone are an image ID and refused.
 *
 * <p>One consequence surprises: in {@code foo_bar.com/baz} the first part looks like a registry, but a host holds no
 * underscore, so all of it becomes a repository <em>without</em> a registry. It parses, as it does elsewhere;
 * {@link io.imagegate.reference.ImageReference#hasRegistry()} tells, no pattern matches it, and a policy must deny it.
 *
 * <p>An {@link io.imagegate.reference.ImagePattern} says which images are meant, part by part and never by comparing raw
 * text; a {@link io.imagegate.reference.PatternSet} asks many of them at once. A {@link io.imagegate.reference.Glob} is for
 * one piece of text: a tag, a namespace, an annotation.
 *
 * <p>Everything here is immutable and safe between threads, and everything that reads text from outside takes time linear
 * in its length, without recursion.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.reference;

import org.jspecify.annotations.NullMarked;
