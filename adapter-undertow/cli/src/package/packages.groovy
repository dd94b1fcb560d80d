// Makes the packages by build.sh, which prints what is wrong.
def jdk = evaluate(new File("${project.basedir}/src/package/jdk.groovy"))
def time = java.time.Instant.parse(project.properties['project.build.outputTimestamp']).epochSecond
def command = ['sh', "${project.basedir}/src/package/build.sh", jdk, project.properties['runnable.jar'], project.version,
    "${project.build.directory}/packages"]*.toString()
def builder = new ProcessBuilder(command).inheritIO()
builder.environment().putIfAbsent('SOURCE_DATE_EPOCH', "${time}".toString())
def status = builder.start().waitFor()
if (status != 0) {
  throw new org.apache.maven.plugin.MojoFailureException("the packages could not be made: exit status ${status}")
}
new File("${project.build.directory}/packages").listFiles().sort().each { log.info("${it} (${it.length()} bytes)") }
