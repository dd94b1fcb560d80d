package io.imagegate.server.check.report;

import io.imagegate.document.PolicyTestResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import picocli.CommandLine.Help.Ansi;

/** Results of policy tests in JUnit's XML, which CI servers read: a suite for each test, a case for each case. */
final class JunitReport implements Report<PolicyTestResult> {

    private final PrintWriter out;
    private final Map<String, List<PolicyTestResult>> suites = new LinkedHashMap<>();

    JunitReport(PrintWriter out, Ansi ansi) {
        this.out = out;
    }

    /** Keeps a result: the start of its suite has the numbers of all. */
    @Override
    public void add(PolicyTestResult result) {
        suites.computeIfAbsent(result.test(), test -> new ArrayList<>()).add(result);
    }

    @Override
    public void end(Totals totals) {
        try {
            write(XMLOutputFactory.newInstance().createXMLStreamWriter(out));
        } catch (XMLStreamException e) {
            throw new UncheckedIOException(new IOException("the report cannot be written", e));
        }
        out.println();
    }

    private void write(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuites");
        for (Map.Entry<String, List<PolicyTestResult>> suite : suites.entrySet()) {
            xml.writeStartElement("testsuite");
            attribute(xml, "name", suite.getKey());
            xml.writeAttribute("tests", String.valueOf(suite.getValue().size()));
            xml.writeAttribute("failures", String.valueOf(failed(suite.getValue())));
            for (PolicyTestResult result : suite.getValue()) {
                testCase(xml, result);
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.flush();
    }

    private static long failed(List<PolicyTestResult> results) {
        return results.stream().filter(r -> !r.passed()).count();
    }

    private static void testCase(XMLStreamWriter xml, PolicyTestResult result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute(xml, "classname", result.test());
        attribute(xml, "name", result.testCase());
        if (!result.passed()) {
            xml.writeStartElement("failure");
            attribute(xml, "message", result.failures().get(0));
            xml.writeCharacters(
                    result.failures().stream().map(ShownText::escape).collect(Collectors.joining("\n")));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** XML cannot represent most control characters, not even as references. */
    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, ShownText.escape(value));
    }
}
