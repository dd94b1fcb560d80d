import org.apache.maven.execution.ExecutionEvent
import org.apache.maven.execution.ExecutionListener

/** Prints at the end of a run, also of one that failed, how long modules and tests took, and what the tests left out. */
class Summary implements ExecutionListener {

  @Delegate ExecutionListener other
  def log

  void sessionEnded(ExecutionEvent event) {
    other.sessionEnded(event)
    def session = event.session
    def classes = session.projects.collectMany { new TestReports(it, session.startTime).classes() }
    if (classes) {
      modules(session, classes)
      slowest(classes)
      jdks(session)
    }
    leftOut(session)
  }

  /** Classes of a module run side by side, so that their times together may be more than that of the module. */
  void modules(session, classes) {
    def tests = classes.groupBy { it.module }
    log.info('')
    log.info('Time by module, and of it the tests of all its classes (seconds):')
    session.projects.each { project ->
      def built = session.result.getBuildSummary(project)
      if (built) {
        def seconds = tests.getOrDefault(project.artifactId, [])*.seconds.sum(0.0)
        log.info(String.format(Locale.ROOT, '  %6.1f %6.1f  %s', built.time / 1000.0, seconds, project.artifactId))
      }
    }
  }

  void slowest(classes) {
    log.info('')
    log.info('The ten slowest test classes (seconds):')
    classes.sort { -it.seconds }.take(10).each {
      log.info(String.format(Locale.ROOT, '  %6.1f  %s of %s', it.seconds, it.name, it.module))
    }
  }

  /** That of this run, and those that tests used beside it: see Machine.java. */
  void jdks(session) {
    def used = files(session, 'jdks')*.getText('UTF-8') as TreeSet
    log.info('')
    log.info("JDK: ${System.getProperty('java.version')} in ${System.getProperty('java.home')}"
        + (used ? ", and for single tests that in ${used.join(', ')}" : ''))
  }

  /** What the tests of all modules left out: see NotTested.java. */
  void leftOut(session) {
    def reasons = [:].withDefault { [] as TreeSet }
    files(session, 'not-tested')*.eachLine('UTF-8') { line ->
      def (test, reason) = line.split(': ', 2)
      reasons[reason] << test
    }
    if (reasons) {
      log.info('')
      log.info('Not tested on this machine:')
      reasons.sort().each { reason, tests -> log.info("  $reason: ${tests.join(', ')}") }
    }
  }

  static List<File> files(session, String folder) {
    session.projects.collectMany { new File(it.build.directory, folder).listFiles()?.toList() ?: [] }
  }
}

/** What Surefire and Failsafe wrote in this run of the tests of a module. */
class TestReports {

  def project
  Date started

  TestReports(project, Date started) {
    this.project = project
    this.started = started
  }

  List<Map> classes() {
    ['surefire-reports', 'failsafe-reports']
        .collectMany { new File(project.build.directory, it).listFiles()?.toList() ?: [] }
        .findAll { it.name ==~ /TEST-.*\.xml/ && it.lastModified() >= started.time }
        .collect { summary(it) }
  }

  /** The name and the time of the class stand in the first element. */
  Map summary(File report) {
    def suite = report.withReader('UTF-8') { reader ->
      def line
      while ((line = reader.readLine()) != null && !line.contains('<testsuite ')) {}
      line ?: ''
    }
    def name = (suite =~ / name="([^"]*)"/).with { it.find() ? it.group(1) : report.name }
    def time = (suite =~ / time="([0-9.,]*)"/).with { it.find() ? it.group(1).replace(',', '') as double : 0.0d }
    [module: project.artifactId, name: name, seconds: time]
  }
}

// What an earlier run wrote.
['not-tested', 'jdks'].each { Summary.files(session, it)*.delete() }
def request = session.request
request.executionListener = new Summary(other: request.executionListener, log: log)
