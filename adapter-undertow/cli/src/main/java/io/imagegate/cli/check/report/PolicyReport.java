package io.imagegate.cli.check.report;

import io.imagegate.review.ReviewedImage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reports as objects of Kubernetes, in a List that {@code kubectl apply} takes: an object for each namespace, and one of the
 * cluster for what is in none. Kubernetes refuses long objects, so an object has its first results and the numbers of all.
 */
final class PolicyReport implements Report<Result> {

    /** Most namespaces of one List. */
    private static final int MOST_NAMESPACES = 20_000;

    /** Longest results of all objects together, in bytes: an eighth of the heap at most. */
    private static final long LONGEST_TOGETHER =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);

    /** What Kubernetes takes as the name of a namespace. */
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final String NO_NAMESPACE = "";

    private final ReportRun run;
    private final String apiVersion;
    private final String kind;
    private final Map<String, PolicyReportObject> objects = new TreeMap<>();
    private long room = LONGEST_TOGETHER;

    private PolicyReport(ReportRun run, String apiVersion, String kind) {
        this.run = run;
        this.apiVersion = apiVersion;
        this.kind = kind;
    }

    /** {@return a report of the working group for policies} */
    static PolicyReport ofWorkingGroup(ReportRun run) {
        return new PolicyReport(run, "wgpolicyk8s.io/v1alpha2", "PolicyReport");
    }

    /** {@return a report of OpenReports} */
    static PolicyReport ofOpenReports(ReportRun run) {
        return new PolicyReport(run, "openreports.io/v1alpha1", "Report");
    }

    @Override
    public void add(Result result) {
        room -= object(result.subject()).add(result, room);
    }

    @Override
    public void addPassed(Subject subject, List<ReviewedImage> images) {
        object(subject).count(Status.pass, images.size());
    }

    @Override
    public void addNamespace(String name) {
        object(name);
    }

    private PolicyReportObject object(Subject subject) {
        return object(subject.kind().isEmpty() ? NO_NAMESPACE : subject.namespace());
    }

    private PolicyReportObject object(String namespace) {
        boolean hasRoom = objects.size() < MOST_NAMESPACES || objects.containsKey(namespace);
        return objects.computeIfAbsent(
                hasRoom && NAMESPACE.matcher(namespace).matches() ? namespace : NO_NAMESPACE, PolicyReportObject::new);
    }

    @Override
    public void end(Totals totals) {
        for (String problem : totals.problems()) {
            room -= object(NO_NAMESPACE).addInput("readable-input", Status.error, problem, room);
        }
        for (String problem : totals.known()) {
            room -= object(NO_NAMESPACE).addInput("readable-input", Status.skip, problem, room);
        }
        if (!totals.notJudged().isEmpty()) {
            room -= object(NO_NAMESPACE).addInput("judged-input", Status.warn, Summary.notJudged(totals), room);
        }
        JsonGenerator json = JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), run.out());
        json.writeStartObject();
        json.writeStringProperty("apiVersion", "v1");
        json.writeStringProperty("kind", "List");
        json.writeArrayPropertyStart("items");
        objects.values().forEach(object -> object.write(json, apiVersion, kind));
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
        run.out().println();
    }
}
