import { commaList, flag, json, port, secret } from '@weir/config';
import { isRuntimeName, USUAL_RUNTIME } from '@weir/container-runtime-docker';
import { isAptPackage } from '@weir/domain';
import { LOG_LEVELS } from '@weir/telemetry';
import { z } from 'zod';

const Images = json(z.record(z.string().regex(/^3\.\d{1,2}$/), z.string().min(1)));

/** Names alone: nothing that apt would take for an option, a version or a file. */
const AptPackages = z.string().transform((text) => text.split(',').map((name) => name.trim()).filter((name) => name !== '')).pipe(z.array(z.string().refine(isAptPackage, 'This is not the name of an apt package.')));

/** The worker's configuration. */
export const WorkerConfig = z.object({
  WEIR_INSTALLATION: z.string().regex(/^[a-z2-7]{8}$/).describe("This installation's id, in the name of everything it makes in Docker"),
  WEIR_DATA_DIR: z.string().min(1).describe('Folder for Git repositories, caches and builds under way'),
  WEIR_INTERNAL_TOKEN: secret().describe('Shared by the processes of one installation'),
  WEIR_LOG_LEVEL: z.enum(LOG_LEVELS).default('info').describe('Least severity that is logged'),
  WEIR_HOST: z.string().default('127.0.0.1').describe('Address of the internal API and the Git remote'),
  WEIR_PORT: port().describe('Their port'),
  WEIR_CONTROL_PLANE_URL: z.url().describe('Where the control plane listens'),
  QUEUE_DATABASE_URL: secret().optional().describe('Postgres that holds the queue, where REDIS_URL is not set'),
  REDIS_URL: secret().optional().describe('Redis that holds the queue'),
  DOCKER_HOST: z.string().optional().describe('The Docker Engine; its usual socket if not set'),
  WEIR_ALLOWED_GIT_HOSTS: commaList().describe('HOST or HOST:PORT of Git servers that may be private or plain http'),
  WEIR_EXAMPLES_DIR: z.string().optional().describe('Folder of the examples that apps can start from'),
  WEIR_BUILDS: z.coerce.number().int().min(0).max(64).default(2).describe('Builds at once; 0 for a host that only runs instances'),
  WEIR_BUILD_MINUTES: z.coerce.number().min(0.1).max(1440).default(30).describe('Minutes that one build may take in all'),
  WEIR_BUILD_DISK_GIB: z.coerce.number().min(1).max(1024).default(16).describe('GiB that the builds and caches of one workspace may use'),
  WEIR_INSTANCES: flag().default(true).describe('Whether this host runs instances'),
  WEIR_TRUST_TENANTS: flag().default(false).describe('Apps start even where nothing proves that they cannot reach this host, each other and private networks'),
  WEIR_PYTHONS: commaList().describe('Python versions that are made at start, beside those given; others on first need'),
  WEIR_BASE_IMAGES: Images.default({}).describe('JSON: image id of the base image per Python version'),
  WEIR_BUILDER_IMAGES: Images.default({}).describe('JSON: image id of the builder image per Python version'),
  WEIR_INDEX_URL: z.url().default('https://pypi.org/simple').describe('Python package index'),
  WEIR_DOCKERFILES: flag().default(false).describe('Whether apps may be built as a Dockerfile of their repository says'),
  WEIR_APT_PACKAGES: AptPackages.optional().describe('apt packages that apps may ask for, comma separated; all of the mirror if not set'),
  WEIR_CONTAINER_RUNTIME: z.string().refine(isRuntimeName, 'This is not the name of a runtime.').default(USUAL_RUNTIME).describe('OCI runtime of apps and builds, one of those that the Docker Engine knows, such as runsc for code of strangers'),
  WEIR_CA_BUNDLE: z.string().optional().describe('File of certificate authorities that builds trust, where mirrors use a private one'),
  WEIR_EGRESS_HOSTS: commaList().describe('HOST:PORT that builds may reach beyond public https hosts'),
});
export type WorkerConfig = Readonly<z.output<typeof WorkerConfig>>;

/** Token under which the configuration is injected. */
export const WORKER_CONFIG = Symbol('WorkerConfig');
export const LOGGER = Symbol('Logger');
