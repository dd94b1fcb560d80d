package io.imagegate.console;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * File of the pages.
 *
 * @param mediaType with its charset, if it is a text
 * @param content the bytes
 * @param gzipped the same, compressed; null if that is not kept
 * @param tag an entity tag; null if a page that is never kept
 * @param caching the value of {@code Cache-Control}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WebFile(
        String mediaType,
        byte[] content,
        byte @Nullable [] gzipped,
        @Nullable String tag,
        String caching) {

    PageAnswer answer(PageRequest request) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("Cache-Control", caching);
        if (tag != null) {
            headers.put("ETag", tag);
        }
        if (gzipped != null) {
            headers.put("Vary", "Accept-Encoding");
        }
        String held = request.header("If-None-Match");
        if (tag != null && held != null && held.contains(tag)) {
            return PageAnswers.of(304, headers, new byte[0]);
        }
        headers.put("Content-Type", mediaType);
        if (gzipped != null && acceptsGzip(request.header("Accept-Encoding"))) {
            headers.put("Content-Encoding", "gzip");
            return PageAnswers.of(200, headers, gzipped);
        }
        return PageAnswers.of(200, headers, content);
    }

    private static boolean acceptsGzip(@Nullable String accepted) {
        if (accepted == null) {
            return false;
        }
        for (String coding : accepted.split(",", -1)) {
            String text = coding.replace(" ", "").replace("\t", "");
            if (text.equalsIgnoreCase("gzip") || (text.regionMatches(true, 0, "gzip;q=", 0, 7) && !isZero(text))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isZero(String coding) {
        return coding.chars().skip(7).allMatch(c -> c == '0' || c == '.');
    }
}
