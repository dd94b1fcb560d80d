import org.apache.maven.execution.ExecutionEvent
import org.apache.maven.execution.ExecutionListener

/** Prints at the end of a run, also of one that failed, what the tests of all modules left out: see NotTested.java. */
class Summary implements ExecutionListener {

  @Delegate ExecutionListener other
  def log

  static List<File> files(session) {
    session.projects.collectMany { new File(it.build.directory, 'not-tested').listFiles()?.toList() ?: [] }
  }

  void sessionEnded(ExecutionEvent event) {
    other.sessionEnded(event)
    def reasons = [:].withDefault { [] as TreeSet }
    files(event.session)*.eachLine('UTF-8') { line ->
      def (test, reason) = line.split(': ', 2)
      reasons[reason] << test
    }
    if (reasons) {
      log.info('')
      log.info('Not tested on this machine:')
      reasons.sort().each { reason, tests -> log.info("  $reason: ${tests.join(', ')}") }
    }
  }
}

// What an earlier run wrote.
Summary.files(session)*.delete()
def request = session.request
request.executionListener = new Summary(other: request.executionListener, log: log)
