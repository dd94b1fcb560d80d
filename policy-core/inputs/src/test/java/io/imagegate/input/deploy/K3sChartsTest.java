package io.imagegate.input.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HelmCharts of k3s with the HelmChartConfigs of their names. */
class K3sChartsTest extends DeployedFolder {

    private void chart(String file, String kind, String metadata, String spec) throws IOException {
        file(
                file,
                "apiVersion: helm.cattle.io/v1\nkind: " + kind + "\nmetadata: " + metadata + "\nspec:\n"
                        + spec.indent(2));
    }

    private void web() throws IOException {
        chart("a.yaml", "HelmChart", "{name: web, namespace: kube-system}", """
                chart: web
                valuesContent: |
                  image: {repository: r.io/a, tag: "1"}
                  sidecar: {image: "r.io/s:1"}
                values: {image: {tag: "2"}}
                """);
    }

    @Test
    @DisplayName("values of a config win over those of its chart, and the chart is judged with both")
    void merged() throws IOException {
        web();
        chart("b.yaml", "HelmChartConfig", "{name: web, namespace: kube-system}", """
                valuesContent: "image: {tag: '3'}"
                values: {sidecar: {image: "evil.io/s:1"}}
                """);
        assertThat(read())
                .containsExactly("HelmChart kube-system/web r.io/a:3", "HelmChart kube-system/web evil.io/s:1");
        assertThat(deployed.places().get(1)).endsWith("b.yaml:6:29");
        assertThat(deployed.unread).singleElement().asString().startsWith("Helm chart: ");
    }

    @Test
    @DisplayName("what a chart sets wins over its config")
    void set() throws IOException {
        chart("a.yaml", "HelmChart", "{name: web}", """
                chart: web
                set: {image.tag: 4, "image.repository": "r.io/a", "list[0].image": "r.io/b:1", other.image: "null"}
                values: {other: {image: "r.io/c:1"}}
                """);
        chart("b.yaml", "HelmChartConfig", "{name: web}", "values: {image: {repository: evil.io/a, tag: '3'}}\n");
        assertThat(read()).containsExactly("HelmChart web r.io/a:4", "HelmChart web r.io/b:1");
    }

    @ParameterizedTest
    @CsvSource({"other, kube-system", "web, default"})
    @DisplayName("a config of another name or namespace changes another chart, and is judged by itself")
    void others(String name, String namespace) throws IOException {
        web();
        chart(
                "b.yaml",
                "HelmChartConfig",
                "{name: " + name + ", namespace: " + namespace + "}",
                "values: {image: {repository: q.io/q, tag: '3'}}\n");
        assertThat(read())
                .containsExactly(
                        "HelmChart kube-system/web r.io/a:2",
                        "HelmChart kube-system/web r.io/s:1",
                        "HelmChartConfig " + namespace + "/" + name + " q.io/q:3");
    }

    @Test
    @DisplayName("of several configs none is merged: each is judged by itself, and they are told")
    void several() throws IOException {
        web();
        String config = "values: {image: {repository: q.io/q, tag: '3'}}\n";
        chart("b.yaml", "HelmChartConfig", "{name: web}", config);
        chart("c.yaml", "HelmChartConfig", "{name: web}", config);
        assertThat(read()).hasSize(4).contains("HelmChart kube-system/web r.io/a:2", "HelmChartConfig web q.io/q:3");
        assertThat(deployed.unread)
                .filteredOn(text -> text.startsWith("Helm values source: "))
                .hasSize(2);
    }
}
