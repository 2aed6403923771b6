/**
 * One processor architecture for all our images: x86-64. The GPU instances are x86-64 and run the worker's image too, so
 * another choice for Fargate would mean building, keeping and testing each image twice. And it is the one on which the
 * engines in native code (sherpa-onnx, ffmpeg, nginx-rtmp) have been tested. Graviton is cheaper per hour: whoever moves
 * to it runs the tests there first, then changes this and the platform of the image build together.
 */
import * as ecs from 'aws-cdk-lib/aws-ecs';

export const ARCHITECTURE = ecs.CpuArchitecture.X86_64;
export const RUNTIME_PLATFORM: ecs.RuntimePlatform = { cpuArchitecture: ARCHITECTURE, operatingSystemFamily: ecs.OperatingSystemFamily.LINUX };
