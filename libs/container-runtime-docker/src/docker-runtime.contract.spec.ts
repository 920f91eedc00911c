import { describeContainerRuntime } from '@weir/container-runtime/testing';
import { openDockerFixture } from './testing/docker-fixture.ts';

describeContainerRuntime('DockerRuntime', () => openDockerFixture());
