import { Module } from '@nestjs/common';
import { ListPythons } from './list-pythons.ts';
import { PreparePython } from './prepare-python.ts';
import { PythonsController } from './pythons.controller.ts';
import { Pythons } from './pythons.ts';

@Module({ controllers: [PythonsController], providers: [ListPythons, PreparePython, Pythons], exports: [Pythons] })
export class PythonsModule {}
